"""flag"""

"""Stage 2, segment: the tree of clauses 章/条/款/项, and the parts around it. Entry: `segment`."""

from __future__ import annotations

from hetong.segment.assemble import segment

__all__ = ["segment"]

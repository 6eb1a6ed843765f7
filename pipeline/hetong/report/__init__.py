"""Reports: one module for each form in which an analysed `Contract` leaves the program."""

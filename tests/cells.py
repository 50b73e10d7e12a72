"""Texts of cells that every file for spreadsheets must treat alike: which would run, and which must stay."""

FORMULAS = (
    "=1+1", " +1", "-2+3", "- 3", "-", "@SUM(A1)", "\tx", "\rx", "\nx", "  =cmd|' /C calc'!A0", "--1", "+1=2",
)  # fmt: skip
PLAIN = ("", "plain", "a=b", "a,b", 'a "quoted" one', "two\nlines", "ends -", "A - B", "[x]", "-3.2", "+1,250", "'=1")

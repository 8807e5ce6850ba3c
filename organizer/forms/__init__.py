"""Papers as PDF: fonts that ship, sign-up papers, the recovery sheet; imports nothing heavy."""

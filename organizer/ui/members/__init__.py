"""会员: the list of members, transfers, dues and counts."""

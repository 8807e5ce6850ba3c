"""单位: the list of employers and the card of one."""

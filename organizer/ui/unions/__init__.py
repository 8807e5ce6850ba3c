"""工会: the tree of unions and the page of one."""

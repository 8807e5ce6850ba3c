"""What people do: each function checks the permission, opens one write, calls the edges."""

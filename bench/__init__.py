"""What the product costs, measured beside a bare echo and a bare floor in the same run."""

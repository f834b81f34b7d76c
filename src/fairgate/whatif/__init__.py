"""What if nobody checked: scenarios, stored runs."""

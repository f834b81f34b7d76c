"""What people type at the gate, a file for each part."""

"""What is printed: made safe, worded for people, and naming the command as it is called."""

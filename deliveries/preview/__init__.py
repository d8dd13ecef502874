"""What families will see once a submission is published, told before it is."""

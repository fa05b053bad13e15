"""The reader of the municipality's portal: fetches safely, reads in a process of its own, keeps what is news."""

"""Pictures: written anew without their metadata, in a process of their own."""

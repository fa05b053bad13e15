"""What changes state. An action checks who may, stages rows and messages, and returns no screen."""

"""How long lists, searches, looks around and cards take among ten thousand cases and among a million."""

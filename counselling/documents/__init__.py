"""What is handed out: sheets in PDF, made by Typst."""

print("mastil")

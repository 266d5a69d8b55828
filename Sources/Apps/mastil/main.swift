Mastil.main()

"""What "make bench" and "make soak" are made of: one module a subject, each giving rows of one table."""

"""The one-command start: own PostgreSQL, front-end files, web server and worker."""

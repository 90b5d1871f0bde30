"""What was achieved in one picture, for whoever wants to show it: of a lab, an exam and the course. It holds what is on
the screen and nothing about the person. `Desk.share` writes it. Begin at `lab`."""

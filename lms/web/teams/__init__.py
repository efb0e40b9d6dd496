"""For team leaders and HR: who is late, who completed what, and how many. No score is shown here."""

"""What officers do on the page 题库: practise, sit exams, see their results and their wrong answers."""

CREATE TABLE Elsewhere (a);

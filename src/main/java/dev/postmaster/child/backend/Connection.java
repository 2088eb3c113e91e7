package dev.postmaster.child.backend;

/** What there is of a client before it has a session, and stays when it has one. */
record Connection(Surroundings around, Client client, Turn turn, Interrupts interrupts) {

    static Connection in(Surroundings around) {
        Turn turn = new Turn();
        Client client = new Client(around.peer().output());
        return new Connection(around, client, turn, new Interrupts(around, turn, client));
    }
}

package dev.postmaster.child.backend;

/** What there is of a client before it has a session, and stays when it has one. */
record Connection(Surroundings around, Client client, Turn turn, ConnectionLog log, Interrupts interrupts) {

    static Connection in(Surroundings around) {
        Turn turn = new Turn();
        Client client = new Client(around.peer().output());
        ConnectionLog log = new ConnectionLog(around);
        return new Connection(around, client, turn, log, new Interrupts(around, turn, client, log));
    }
}

package dev.postmaster.child.backend;

/** What there is of a client before it has a session, and stays when it has one. */
record Connection(
        Surroundings around,
        ClientStreams streams,
        Client client,
        Turn turn,
        ConnectionLog log,
        Interrupts interrupts) {

    static Connection in(Surroundings around) {
        Turn turn = new Turn();
        ClientStreams streams = new ClientStreams(around.peer());
        Client client = new Client(streams);
        ConnectionLog log = new ConnectionLog(around, streams);
        return new Connection(around, streams, client, turn, log, new Interrupts(around, turn, client, log));
    }
}

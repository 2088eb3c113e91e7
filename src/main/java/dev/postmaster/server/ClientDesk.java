package dev.postmaster.server;

import dev.postmaster.config.Settings;
import dev.postmaster.core.BackendRole;
import dev.postmaster.core.CacState;
import io.netty.channel.Channel;

/** Where clients wait for the verdict of the core, which knows them by a number, and where it is carried out. */
@OnLoop
interface ClientDesk {
    /** Takes a client that was just accepted; its channel is not registered with any event loop yet. */
    void welcome(Channel channel);

    /** Gives a client a process; false if there is none now, or the client has left. */
    boolean launch(long client);

    /** Gives a client to a spare of this sort; false if none takes it, or the client has left. */
    boolean handOver(long client, BackendRole spare);

    /** Tells a client why it gets no session, as far as it can be told. */
    void refuse(long client, CacState reason);

    /** Clients without a process. */
    int size();

    /** Holds for clients that come from now on. */
    void configure(Settings settings);

    /** Sends everybody away without a word: the postmaster is about to exit. */
    void closeAll();
}

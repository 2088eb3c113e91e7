package dev.postmaster.child.backend;

import dev.postmaster.wire.FrontendHandler;

/** One client's messages, one after the other, until it leaves or must leave (PostgresMain). */
final class Session implements FrontendHandler {}

package dev.postmaster.server;

import dev.postmaster.config.SettingSources;
import dev.postmaster.config.Settings;

/**
 * What was set, as of the last reload that was in order.
 *
 * @param token what the admin API wants to be shown
 */
public record InForce(Settings settings, SettingSources sources, AdminToken token) {}

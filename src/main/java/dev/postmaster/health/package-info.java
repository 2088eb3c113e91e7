/**
 * What Kubernetes asks: started, ready, live. Each probe reads the last snapshot on the status board and never touches the
 * loop. A new probe is one new class here.
 */
@NullMarked
package dev.postmaster.health;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.postmaster.logpipe;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.postmaster.tls;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.postmaster.launch;

import org.jspecify.annotations.NullMarked;

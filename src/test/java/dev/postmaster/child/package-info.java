@NullMarked
package dev.postmaster.child;

import org.jspecify.annotations.NullMarked;

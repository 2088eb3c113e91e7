/** Tests of the background workers' rules, in virtual time. */
@NullMarked
package dev.postmaster.core.worker;

import org.jspecify.annotations.NullMarked;

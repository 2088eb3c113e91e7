/** Tests of the control tool's parts; {@code it.PmctlIT} runs the whole as a user does. */
@NullMarked
package dev.postmaster.ctl;

import org.jspecify.annotations.NullMarked;

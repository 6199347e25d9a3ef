/** The commands of trust: explaining, watching, signing, verifying, logs, receipts, cards. */
@NullMarked
package io.millwright.cli.trust;

import org.jspecify.annotations.NullMarked;

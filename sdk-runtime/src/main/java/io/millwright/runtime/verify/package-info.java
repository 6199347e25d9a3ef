/**
 * Files that can be believed: detached Ed25519 signatures, encryption at rest with an envelope key,
 * an append-only audit log whose lines are chained by their hashes. All primitives are those of the
 * JDK (JCA); keys come from any key store that it knows. Public: hosts and plug-ins may use it.
 */
@NullMarked
package io.millwright.runtime.verify;

import org.jspecify.annotations.NullMarked;

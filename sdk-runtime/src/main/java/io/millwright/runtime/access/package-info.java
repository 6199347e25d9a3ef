/**
 * Who may do what: permissions, a policy that the host maps to its own users, and a guard in front
 * of Millwright that denies by default and logs every refusal. Public: hosts may use it.
 */
@NullMarked
package io.millwright.runtime.access;

import org.jspecify.annotations.NullMarked;

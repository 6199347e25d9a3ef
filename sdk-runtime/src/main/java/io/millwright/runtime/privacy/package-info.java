/**
 * Privacy of the people in data: pseudonyms by keyed hash, k-anonymity of training tables, finding
 * all that holds a person, and the accountant of differentially private training. Public: hosts may
 * use it.
 */
@NullMarked
package io.millwright.runtime.privacy;

import org.jspecify.annotations.NullMarked;

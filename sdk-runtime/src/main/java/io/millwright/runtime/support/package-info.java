/**
 * What plug-ins may use of the runtime beside the API: records as JSON with bounds on what is read,
 * places for errors, digests, randomness drawn by key. Public for plug-ins, follows semantic
 * versioning.
 */
@NullMarked
package io.millwright.runtime.support;

import org.jspecify.annotations.NullMarked;

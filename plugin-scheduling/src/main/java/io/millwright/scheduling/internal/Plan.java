package io.millwright.scheduling.internal;

/**
 * A complete answer of a search in the form all searches share: an order of all operations that
 * respects precedence, of which each machine's part is its sequence, and the chosen alternative of
 * each operation. Never written to after it was handed out.
 *
 * @param cost what the search minimises
 * @param order the operations
 * @param alternative by operation, an index into the floor's alternatives
 * @param foundBy the method's name
 */
record Plan(double cost, int[] order, int[] alternative, String foundBy) {}

package io.millwright.api.learn;

/**
 * How the weights of a layer start (weight initialisation). Biases start at 0, except the forget
 * gate's of an LSTM, which starts at 1.
 */
public enum Initialisation {
  /**
   * {@link #HE} for ReLU, leaky ReLU, ELU, SiLU, GELU and softplus; {@link #XAVIER} for the others
   * and for recurrent and attention layers.
   */
  AUTOMATIC,
  /** Uniform with variance 2 / (inputs + outputs) (Glorot and Bengio 2010). */
  XAVIER,
  /** Normal with variance 2 / inputs (He et al. 2015). */
  HE,
  /** Normal with variance 1 / inputs (LeCun et al. 1998). */
  LECUN,
  /** All zero: for a last layer that should start at its bias. */
  ZERO
}

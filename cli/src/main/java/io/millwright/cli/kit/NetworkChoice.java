package io.millwright.cli.kit;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import java.util.Locale;
import java.util.Optional;

/** The networks that the command line knows by name; those that take sequences get windows. */
public enum NetworkChoice {
  DEFAULT,
  LINEAR,
  MLP,
  LSTM,
  GRU,
  CNN,
  TCN,
  TRANSFORMER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The network, or empty for what the trainer takes by itself. */
  public Optional<Network> network() {
    return switch (this) {
      case DEFAULT -> Optional.empty();
      case LINEAR -> Optional.of(Networks.linear());
      case MLP -> Optional.of(Networks.mlp(Activation.SILU, 64, 64).dropout(0.05));
      case LSTM -> Optional.of(Networks.lstm(64).dropout(0.1));
      case GRU -> Optional.of(Networks.gru(64).dropout(0.1));
      case CNN -> Optional.of(Networks.cnn(5, 32, 32, 32).dropout(0.1));
      case TCN -> Optional.of(Networks.tcn(3, 32, 32, 32).dropout(0.1));
      case TRANSFORMER -> Optional.of(Networks.transformer(32, 4, 2));
    };
  }
}

namespace Kindred.SeedModels;

/// <summary>The loss of a training is no longer a finite number.</summary>
public sealed class TrainingDivergedException(string seedList, int epoch, double loss, float largestWeight, double learningRate)
    : KindredException(
    ErrorKind.BadInput,
    "training_diverged",
    $"Training seed list '{seedList}' failed in epoch {epoch}: the loss is {loss} " +
    $"(largest sample weight {largestWeight:G4}, learning rate {learningRate:G3}). " +
    "The likely cause is an extreme sample weight or embedding.",
    "Look at the list's metric columns, or lower the learning rate.");

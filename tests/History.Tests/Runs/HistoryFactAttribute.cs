namespace History.Tests.Runs;

/// <summary>A test that needs RabbitMQ and PostgreSQL; skipped with a sentence where one is missing.</summary>
public sealed class HistoryFactAttribute : FactAttribute
{
    public HistoryFactAttribute() => Skip = Surroundings.Missing;
}

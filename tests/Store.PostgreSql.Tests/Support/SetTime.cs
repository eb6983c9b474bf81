namespace Store.PostgreSql.Tests.Support;

/// <summary>A machine's clock that is wrong.</summary>
internal sealed class SetTime : TimeProvider
{
    public TimeSpan Off { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Off;
}

namespace Flatfile.Agent;

/// <summary>Looks at one part of the surroundings for <c>./agent doctor</c>: is it there, is it as the settings say. Changes nothing.</summary>
public interface IDoctorCheck
{
    /// <summary>What is looked at, such as <c>RabbitMQ</c>.</summary>
    string Subject { get; }

    /// <summary>False when the settings do not use this part; it is then not looked at.</summary>
    bool IsUsed { get; }

    /// <summary>One finding for each thing looked at, the good ones too. A part that cannot be reached is a finding, not an exception.</summary>
    Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken);
}

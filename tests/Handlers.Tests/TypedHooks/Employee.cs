namespace Flatfile.Agent.Handlers.Tests.TypedHooks;

/// <summary>A sheet with a field of every kind.</summary>
[Sheet("employees", Name = "Employees", Description = "Who works here.")]
[UniqueTogether(nameof(Name), nameof(Born), Message = "This person is here twice.")]
[Rule("isEmpty(leaves) or joined <= leaves", Message = "Nobody leaves before joining.", Fields = [nameof(Joined), nameof(Leaves)])]
internal sealed partial class Employee
{
    [Field(Unique = true, AlternativeNames = ["Staff no.", "number"])]
    public required int Number { get; set; }

    [Field("full_name", Label = "Full name", Description = "First and last name.")]
    public required string Name { get; set; }

    public DateOnly? Born { get; set; }

    public DateOnly Joined { get; set; }

    public DateOnly? Leaves { get; set; }

    [Rule("salary > 0", Level = MessageLevel.Warn), Rule("salary < 1000000", Message = "That is too much.")]
    public decimal? Salary { get; set; }

    public bool? IsRemote { get; set; }

    [Field(Default = "trial")]
    public Contract? Contract { get; set; }

    [Option("a", Label = "Blood A"), Option("b")]
    public string? Blood { get; set; }

    public IReadOnlyList<string>? Languages { get; set; }

    [Reference(typeof(Team), nameof(Team.Code))]
    public string? TeamCode { get; set; }

    [NotAField]
    public object? Cached { get; set; }

    public string Initials => Name.Length == 0 ? "" : Name[..1];
}

using Flatfile.Agent.Handlers.Rules.Expressions;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Blueprints;

/// <summary>Sheets out of the SQL of four databases.</summary>
public sealed class SqlTests
{
    private const string Postgres =
        """
        -- as pg_dump writes it
        SET statement_timeout = 0;
        CREATE TABLE public.countries (
            code character(2) NOT NULL,
            name character varying(60) NOT NULL
        );
        CREATE TABLE public.cities (
            id integer GENERATED ALWAYS AS IDENTITY,
            name text NOT NULL,
            country character(2),
            kind text DEFAULT 'town'::text CHECK (kind IN ('town', 'city')),
            people bigint,
            area numeric(10,2),
            founded date,
            seen timestamp with time zone DEFAULT now(),
            tags text[],
            CONSTRAINT some CHECK ((people BETWEEN 0 AND 50000000) AND area > 0)
        );
        ALTER TABLE ONLY public.countries ADD CONSTRAINT countries_pkey PRIMARY KEY (code);
        ALTER TABLE ONLY public.cities ADD CONSTRAINT cities_pkey PRIMARY KEY (id);
        ALTER TABLE ONLY public.cities ADD CONSTRAINT cities_country FOREIGN KEY (country) REFERENCES public.countries(code) ON DELETE CASCADE;
        CREATE UNIQUE INDEX one ON public.cities USING btree (name, country);
        COMMENT ON TABLE public.cities IS 'Where people live';
        COMMENT ON COLUMN public.cities.people IS 'At the last census; it''s old';
        """;

    [Fact]
    public void PostgreSqlBecomesSheets()
    {
        var sheets = BlueprintFrom.SqlDdl(Postgres);

        Assert.Equal(["countries", "cities"], sheets.Select(s => s.Slug));
        Assert.Equal(["code:string:required,unique,length([code]) <= 2", "name:string:required,length([name]) <= 60"], sheets[0].Fields.Select(Line));
        Assert.Equal(
            ["id:number:unique,[id] % 1 = 0", "name:string:required", "country:reference:", "kind:enum:", "people:number:[people] % 1 = 0", "area:number:", "founded:date:", "seen:string:", "tags:string-list:"],
            sheets[1].Fields.Select(Line));
        Assert.Equal(("countries", "code"), (sheets[1].Fields[2].Config!.Ref, sheets[1].Fields[2].Config!.Key));
        Assert.Equal("town", (string?)sheets[1].Fields[3].Metadata!["default"]);
        Assert.Equal(("Where people live", "At the last census; it's old", 2), (sheets[1].Description, sheets[1].Fields[4].Description, sheets[1].Fields[5].Config!.DecimalPlaces));
        Assert.Equal(
            ["( [people] >= 0 and [people] <= 50000000 ) and [area] > 0 on people,area", "unique on name,country"],
            sheets[1].Constraints!.Select(c => $"{c.Config?.More?["expression"].GetString() ?? c.Type} on {string.Join(',', c.Fields!)}"));
    }

    [Theory]
    [InlineData("CREATE TABLE [dbo].[Users] ([Id] INT IDENTITY(1,1) NOT NULL PRIMARY KEY CLUSTERED, [Name] NVARCHAR(50) NOT NULL CONSTRAINT u UNIQUE, [Active] BIT NOT NULL DEFAULT (1), [At] DATETIME2(7) NULL);",
        "Id:number:unique,[Id] % 1 = 0|Name:string:required,unique,length([Name]) <= 50|Active:boolean:|At:string:")]
    [InlineData("CREATE TABLE IF NOT EXISTS `users` (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, `kind` enum('a','b') NOT NULL COMMENT 'Which', `ok` tinyint(1) DEFAULT NULL, PRIMARY KEY (`id`), UNIQUE KEY `k` (`kind`), KEY `x` (`ok`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='All';",
        "id:number:unique,[id] % 1 = 0|kind:enum:required,unique|ok:boolean:")]
    [InlineData("create table t(a integer primary key autoincrement, b text collate nocase not null unique, c real check (c > 0), d text references t(b)) /* end */",
        "a:number:unique,[a] % 1 = 0|b:string:required,unique|c:number:[c] > 0|d:reference:")]
    public void TheOtherDialectsBecomeSheets(string sql, string fields) =>
        Assert.Equal(fields, string.Join('|', BlueprintFrom.SqlDdl(sql)[0].Fields.Select(Line)));

    [Fact]
    public void EveryRuleOfItCanBeRead()
    {
        foreach (var sheet in BlueprintFrom.SqlDdl(Postgres))
        {
            var rules = sheet.Fields.SelectMany(f => f.Constraints ?? []).Select(c => c.Config).Concat((sheet.Constraints ?? []).Select(c => c.Config)).Select(c => c?.More?["expression"].GetString()).OfType<string>();
            Assert.All(rules, rule => ExpressionParser.Parse(rule, new RuleFields(sheet.Fields)));
        }
    }

    [Fact]
    public async Task TheServerTakesTheSheets()
    {
        await using var sheet = await HookedSheet.StartAsync([.. BlueprintFrom.SqlDdl(Postgres)]);

        Assert.Equal(["countries", "cities"], sheet.Workbook.Sheets.Select(s => s.Slug));
    }

    [Theory]
    [InlineData("select 1", "There is no CREATE TABLE in the text.")]
    [InlineData("create table t (\n a int,\n b bytea)", "Line 3: the column 'b' has the type bytea, which no field can hold.")]
    [InlineData("create table t (a int references u(b))", "Line 1: the column 'a' refers to u(b), which is not among the tables.")]
    [InlineData("create table t (a int check (a ~ 'x'))", "Line 1: '~' in a CHECK is not understood.")]
    [InlineData("create table t (a int", "Line 1: ')' is missing before the end.")]
    [InlineData("create table t (a)", "Line 1: the column 'a' has no type.")]
    [InlineData("create table t (\"a int)", "Line 1: \" is opened and never closed.")]
    [InlineData("alter table t add primary key (a)", "Line 1: the table 't' was not created before.")]
    [InlineData("create table t (a int, unique (b))", "Line 1: the table 't' has no column 'b'.")]
    [InlineData("create table t (a int, b int, foreign key (a, b) references t (a, b))", "Line 1: a reference of 2 columns together is not understood")]
    public void WhatIsNotUnderstoodIsToldWithItsLine(string sql, string message) =>
        Assert.StartsWith(message, Assert.Throws<BlueprintException>(() => BlueprintFrom.SqlDdl(sql)).Faults[0], StringComparison.Ordinal);

    private static string Line(Property field) =>
        $"{field.Key}:{field.Type}:{string.Join(',', (field.Constraints ?? []).Select(c => c.Config?.More?["expression"].GetString() ?? c.Type))}";
}

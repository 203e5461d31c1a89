/**
 * What turns staged lines into orders, all of them at once, in the tables of the import's own schema. Lines of
 * one order may stand anywhere in the file; the order of orders is that of time, so a shuffled file gives the same.
 *
 * Neighbours with one number are a run; where no order is scattered, a run is an order.
 */
export const GROUP_RUNS = `
  drop table if exists import_group;
  create unlogged table import_group with (autovacuum_enabled = off) as
  select run, any_value(external_id) as external_id, min(row) as row, min(occurred_at) as occurred_at,
    min(store) as store, min(shopper) as shopper, bool_or(is_return) as is_return,
    count(*) filter (where set_aside is null) as lines, count(problem) as problems,
    min(store) is distinct from max(store) as stores_differ,
    min(shopper) is distinct from max(shopper)
      or count(shopper) not in (0, count(*) filter (where set_aside is null)) as shoppers_differ,
    coalesce(sum(gross), 0)::bigint as gross, coalesce(sum(discount), 0)::bigint as discount,
    coalesce(sum(rest), 0)::bigint as rest, sum(hash) as hash
  from import_line group by run`;

export const COUNT_SCATTERED = `
  select count(*) - count(distinct external_id) as scattered, count(*) as all from import_group`;

const FIRST_RUN = `(select run, min(run) over (partition by external_id) as first from import_group) g`;

/** The runs of scattered orders are brought together. Few of them: in place. */
export const GATHER_FEW = `
  update import_line l set run = g.first from ${FIRST_RUN} where g.run = l.run and g.first <> g.run`;

/** Many of them, as in a shuffled file: all lines are written again in order. */
export const GATHER_ALL = `
  create unlogged table import_gathered with (autovacuum_enabled = off) as
  select g.first as run, l.row, l.external_id, l.problem, l.set_aside, l.store, l.occurred_at, l.is_return, l.shopper, l.sealed,
    l.masked, l.sku, l.name, l.kind, l.earnable, l.quantity_milli, l.unit_price, l.gross, l.discount, l.rest, l.hash, l.print_lines
  from import_line l join ${FIRST_RUN} on g.run = l.run
  order by g.first, l.row;
  drop table import_line;
  alter table import_gathered rename to import_line`;

const MOST_LINES = 2_000;

/**
 * $1 source, $2 kind of shopper, $3 lanes. A person is made for a new one, except where only a card is known of them.
 * All orders of a shopper are in one lane, in the order of time; a lane's orders are numbered one after the other.
 */
export const JUDGE_ORDERS = `
  create unlogged table import_order with (autovacuum_enabled = off) as
  with judged as (
    select g.*,
      md5(concat_ws('|', extract(epoch from g.occurred_at), g.store, g.shopper, g.lines, g.hash)) as content_hash,
      case
        when g.problems > 0 then (select min(l.problem) from import_line l where l.run = g.run and l.problem is not null)
        when g.stores_differ then 'STORES_DIFFER'
        when g.shoppers_differ then 'SHOPPERS_DIFFER'
        when g.lines > ${MOST_LINES} then 'LINES' || chr(31) || g.lines || ' lines, more than ${MOST_LINES}'
        when erased.blind_index is not null then 'ERASED'
        when $2 = 'CARD' and g.shopper is not null and not exists (
          select from public.identity_key k where k.blind_index = g.shopper) then 'CARD'
      end as problem,
      abs(hashtext(coalesce(person.merged_into::text, person.id::text, g.shopper, g.external_id))::bigint) % $3 as lane
    from import_group g
    left join public.identity_key identity on identity.blind_index = g.shopper
    left join public.profile person on person.id = identity.profile_id
    left join public.erased_identity erased on erased.blind_index = g.shopper
  )
  select (row_number() over (order by j.lane, j.occurred_at, j.external_id))::integer as seq, j.lane, j.external_id, j.run,
    j.row, j.occurred_at, j.store, j.shopper, coalesce(j.is_return, false) as is_return, j.lines::integer as lines, j.gross, j.discount, j.rest,
    j.content_hash, j.problem,
    case
      when j.problem is not null then 'REJECTED'
      when j.lines = 0 then 'SET_ASIDE'
      when j.is_return and r.external_id is null then 'NEW'
      when j.is_return then case when r.content_hash = j.content_hash then 'UNCHANGED' else 'CONFLICT' end
      when k.external_id is null then 'NEW'
      when known.content_hash = j.content_hash then 'UNCHANGED'
      else 'CONFLICT'
    end as status
  from judged j
  left join public.order_key k on k.source = $1 and k.external_id = j.external_id and not coalesce(j.is_return, false)
  left join public.orders known on known.profile_id = k.profile_id and known.id = k.order_id
  left join public.return_key r on r.source = $1 and r.external_id = j.external_id and j.is_return`;

export const INDEX_ORDERS = `
  create index on import_order (seq);
  analyze import_order (seq, lane, run, status, shopper);
  analyze import_line (run, set_aside)`;

/** Everybody an order to be stored names, once, numbered for batches. */
export const LIST_SHOPPERS = `
  create unlogged table import_shopper with (autovacuum_enabled = off) as
  select (row_number() over (order by shopper))::integer as number, shopper, sealed, masked
  from (
    select distinct on (l.shopper) l.shopper, l.sealed, l.masked from import_line l
    where l.sealed is not null
      and exists (select from import_order o where o.shopper = l.shopper and o.status = 'NEW')
  ) named`;

/** After the persons are made: whose each order is. A merged profile's orders go to the survivor. */
export const FIND_PERSONS = `
  create unlogged table import_person with (autovacuum_enabled = off) as
  select s.shopper, coalesce(p.merged_into, p.id) as profile_id
  from import_shopper s
  join public.identity_key k on k.blind_index = s.shopper
  join public.profile p on p.id = k.profile_id;
  create index on import_person (shopper);
  analyze import_person`;

/** Stores by their position. */
export const CREATE_STORES = `
  create unlogged table import_store (
    number smallint primary key, id uuid not null, currency text not null, walk_in uuid not null)`;

/** What is calculated for a batch before it is stored; each lane's own. */
export const CREATE_EARNINGS = `
  create temp table import_earning (
    seq integer primary key, program_id uuid not null, version_id uuid not null, planned bigint not null, terms jsonb not null);
  create temp table import_line_earning (
    seq integer not null, number integer not null, earnable boolean not null, base bigint not null, share bigint not null,
    primary key (seq, number))`;

/** Where the orders of each lane begin and end. */
export const LIST_LANES = `
  select min(seq) as first, max(seq) as last, count(*) as orders from import_order
  where status = 'NEW' and not is_return group by lane order by lane`;

/**
 * What turns staged lines into orders, all of them at once, in temporary tables of the importing connection. Lines of
 * one order may stand anywhere in the file; the order of orders is that of time, so a shuffled file gives the same.
 */
export const GROUP_LINES = `
  create temp table import_group as
  select external_id, min(run) as run, max(run) as last_run, min(row) as row, min(occurred_at) as occurred_at,
    min(store) as store, min(shopper) as shopper, bool_or(is_return) as is_return,
    count(*) filter (where set_aside is null) as lines, count(problem) as problems,
    min(store) is distinct from max(store) as stores_differ,
    min(shopper) is distinct from max(shopper)
      or count(shopper) not in (0, count(*) filter (where set_aside is null)) as shoppers_differ,
    coalesce(sum(gross), 0)::bigint as gross, coalesce(sum(discount), 0)::bigint as discount,
    coalesce(sum(rest), 0)::bigint as rest, sum(hash) as hash
  from pg_temp.import_line group by external_id`;

export const COUNT_SCATTERED = `
  select count(*) filter (where last_run <> run) as scattered, count(*) as all from pg_temp.import_group`;

/** Lines of scattered orders are brought together, so that a run is an order. Few of them: in place. */
export const GATHER_FEW = `
  update pg_temp.import_line l set run = g.run
  from pg_temp.import_group g where g.last_run <> g.run and g.external_id = l.external_id and l.run <> g.run`;

/** Many of them, as in a shuffled file: all lines are written again in order. */
export const GATHER_ALL = `
  create temp table import_gathered as
  select g.run, l.row, l.external_id, l.problem, l.set_aside, l.store, l.occurred_at, l.is_return, l.shopper, l.sealed, l.masked,
    l.sku, l.name, l.kind, l.earnable, l.quantity_milli, l.unit_price, l.gross, l.discount, l.rest, l.hash, l.print_lines
  from pg_temp.import_line l join pg_temp.import_group g on g.external_id = l.external_id
  order by g.run, l.row;
  drop table pg_temp.import_line;
  alter table pg_temp.import_gathered rename to import_line`;

const MOST_LINES = 2_000;

/** $1 source, $2 kind of shopper. A person is made for a new one, except where only a card is known of them. */
export const JUDGE_ORDERS = `
  create temp table import_order as
  with judged as (
    select g.*,
      md5(concat_ws('|', extract(epoch from g.occurred_at), g.store, g.shopper, g.lines, g.hash)) as content_hash,
      case
        when g.problems > 0 then (select min(l.problem) from pg_temp.import_line l where l.run = g.run and l.problem is not null)
        when g.stores_differ then 'its lines name different stores'
        when g.shoppers_differ then 'its lines name different shoppers'
        when g.lines > ${MOST_LINES} then 'has ' || g.lines || ' lines, more than ${MOST_LINES}'
        when $2 = 'CARD' and g.shopper is not null and not exists (
          select from public.identity_key k where k.blind_index = g.shopper) then 'nobody has this card'
      end as problem
    from pg_temp.import_group g
  )
  select (row_number() over (order by j.occurred_at, j.external_id))::integer as seq, j.external_id, j.run, j.row,
    j.occurred_at, j.store, j.shopper, coalesce(j.is_return, false) as is_return, j.lines::integer as lines, j.gross, j.discount, j.rest,
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
  create index on pg_temp.import_order (seq);
  analyze pg_temp.import_order (seq, run, status, shopper);
  analyze pg_temp.import_line (run, set_aside)`;

/** Everybody an order to be stored names, once, numbered for batches. */
export const LIST_SHOPPERS = `
  create temp table import_shopper as
  select (row_number() over (order by shopper))::integer as number, shopper, sealed, masked
  from (
    select distinct on (l.shopper) l.shopper, l.sealed, l.masked from pg_temp.import_line l
    where l.sealed is not null
      and exists (select from pg_temp.import_order o where o.shopper = l.shopper and o.status = 'NEW')
  ) named`;

/** After the persons are made: whose each order is. A merged profile's orders go to the survivor. */
export const FIND_PERSONS = `
  create temp table import_person as
  select s.shopper, coalesce(p.merged_into, p.id) as profile_id
  from pg_temp.import_shopper s
  join public.identity_key k on k.blind_index = s.shopper
  join public.profile p on p.id = k.profile_id;
  create index on pg_temp.import_person (shopper);
  analyze pg_temp.import_person`;

/** Stores by their position, and what is calculated for a batch before it is stored. */
export const CREATE_HELPERS = `
  create temp table import_store (
    number smallint primary key, id uuid not null, currency text not null, walk_in uuid not null);
  create temp table import_earning (
    seq integer primary key, program_id uuid not null, version_id uuid not null, planned bigint not null, terms jsonb not null);
  create temp table import_line_earning (
    seq integer not null, number integer not null, earnable boolean not null, base bigint not null, share bigint not null,
    primary key (seq, number))`;

import { getNamedType, isInputObjectType, isInterfaceType } from 'graphql';
import { expect, test } from 'vitest';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { schema } from '@clientele/api/src/schema.ts';
import { useForeignStores, type Foreign } from './foreign-stores.ts';
import { ask, LINE, problemsOf, respond, type Answered } from './shop.ts';
import { unchanged } from './unchanged.ts';

const there = useForeignStores();
const { shop } = there;

/** Every argument and input field that takes an id, but for requests, which are made by the caller. */
const ID_ARGUMENTS = [
  'AdjustPointsInput.programId',
  'CodeWaiverInput.managerId',
  'ConfirmShopperInput.challengeId',
  'ConsentInput.textId',
  'Mutation.noteOffer.offerId',
  'Mutation.noteOffer.visitId',
  'OrderFilter.cashierId',
  'OrderFilter.tillId',
  'OrderRef.id',
  'ProductRef.id',
  'ProfileRef.id',
  'Query.node.id',
  'RecordedOrderInput.cashierId',
  'ResendShopperCodeInput.challengeId',
  'ShopperRef.visitId',
  'SignInCashierInput.cashierId',
  'UpdateShopperInput.visitId',
];

/** Of operations of the office, which no till has and where rooms test stores against each other. */
const OFFICE_ARGUMENTS = [
  'ArchiveInput.id',
  'AttachIdentityInput.profileId',
  'CancelPlannedVersionInput.programId',
  'ChangePromoCodePoolInput.id',
  'ChangePromoCodePoolInput.promotionId',
  'ChangePromotionGroupInput.id',
  'ChangePromotionInput.groupId',
  'ChangePromotionInput.id',
  'ChangeSegmentInput.id',
  'ChangeTagsInput.profileIds',
  'CloseIncidentsInput.incidentIds',
  'CreateProgramInput.brandId',
  'CreatePromoCodePoolInput.promotionId',
  'CreatePromotionGroupInput.brandId',
  'CreatePromotionInput.brandId',
  'CreatePromotionInput.groupId',
  'CreateStoreInput.brandId',
  'CreateTillInput.storeId',
  'CustomerFilter.notSegmentId',
  'CustomerFilter.notSegmentIds',
  'CustomerFilter.segmentId',
  'CustomerFilter.segmentIds',
  'DecideCorrectionInput.correctionId',
  'DecideDuplicateInput.candidateId',
  'DetachIdentityInput.identityId',
  'DetachIdentityInput.profileId',
  'DismissRejectedRecordInput.id',
  'DraftPromotionInput.groupId',
  'DraftPromotionInput.id',
  'EditAttributeInput.id',
  'EditBrandInput.id',
  'EditStaffInput.id',
  'EditStoreInput.id',
  'ErasePersonInput.profileId',
  'EstimatePromotionInput.brandId',
  'EstimatePromotionInput.groupId',
  'EstimatePromotionInput.promotionId',
  'FixLiabilityRatesInput.programId',
  'GrantApiKeyInput.storeIds',
  'GrantOfferInput.profileId',
  'GrantOfferInput.promotionId',
  'GrantOffersInput.promotionId',
  'GrantOffersInput.segmentIds',
  'IssuePromoCodeInput.poolId',
  'IssuePromoCodeInput.profileId',
  'MergeProfilesInput.otherId',
  'MergeProfilesInput.survivorId',
  'Mutation.archivePromoCodePool.id',
  'Mutation.archiveSegment.id',
  'Mutation.cancelPromoCode.id',
  'Mutation.cancelTask.id',
  'Mutation.computeRfmModel.id',
  'Mutation.copyPromotion.id',
  'Mutation.deleteExchangeSchedule.id',
  'Mutation.deleteImportPreset.id',
  'Mutation.deletePromotion.id',
  'Mutation.deletePromotionGroup.id',
  'Mutation.deleteRfmModel.id',
  'Mutation.deleteSegmentSnapshot.id',
  'Mutation.deleteView.id',
  'Mutation.endSession.id',
  'Mutation.executeRetroRun.runId',
  'Mutation.exportPromoCodes.poolId',
  'Mutation.exportSegment.segmentId',
  'Mutation.extendPromoCode.id',
  'Mutation.generatePromoCodes.poolId',
  'Mutation.importPromoCodes.poolId',
  'Mutation.inviteStaff.staffId',
  'Mutation.issuePairingCode.tillId',
  'Mutation.markNotificationsRead.ids',
  'Mutation.orderPromotionGroups.brandId',
  'Mutation.orderPromotionGroups.groupIds',
  'Mutation.orderPromotions.groupId',
  'Mutation.orderPromotions.promotionIds',
  'Mutation.recountLiability.programId',
  'Mutation.reissuePromoCode.id',
  'Mutation.reopenIncidents.incidentIds',
  'Mutation.restorePromotionRevision.id',
  'Mutation.restoreSegment.id',
  'Mutation.revokeApiKey.id',
  'Mutation.revokeTill.tillId',
  'Mutation.runExchangeSchedule.id',
  'Mutation.setPromotionState.id',
  'Mutation.settleJob.id',
  'Mutation.startLiabilityExport.programId',
  'Mutation.startPersonExport.profileId',
  'Mutation.takeSegmentSnapshot.segmentId',
  'Mutation.undoImport.id',
  'Mutation.undoRetroRun.runId',
  'Mutation.withdrawCorrection.correctionId',
  'Mutation.withdrawOffer.grantId',
  'PlanRetroRunInput.programId',
  'PlanRetroRunInput.storeIds',
  'ProgramDraftInput.programId',
  'PromotionFilter.brandId',
  'PromotionFilter.groupId',
  'PublishConsentTextInput.brandId',
  'PublishProgramVersionInput.programId',
  'Query.consentTextVersions.brandId',
  'Query.corrections.profileId',
  'Query.exchangeSchedule.id',
  'Query.homeFigures.brandId',
  'Query.homeFigures.storeId',
  'Query.importRun.id',
  'Query.incidents.storeId',
  'Query.liability.programId',
  'Query.merges.profileId',
  'Query.previewMerge.otherId',
  'Query.previewMerge.survivorId',
  'Query.program.id',
  'Query.promoCodePool.id',
  'Query.promoCodePools.brandId',
  'Query.promoCodePools.promotionId',
  'Query.promotion.id',
  'Query.promotionGroups.brandId',
  'Query.promotionRevisions.promotionId',
  'Query.rejectedRecord.id',
  'Query.retroRun.id',
  'Query.rfmModel.id',
  'Query.segment.id',
  'Query.segmentExplanation.profileId',
  'Query.segmentExplanation.segmentId',
  'Query.segmentOverlap.first',
  'Query.segmentOverlap.second',
  'Query.staffMember.id',
  'Query.staffMembers.storeId',
  'Query.stores.brandId',
  'Query.task.id',
  'Query.tills.storeId',
  'RecordCustomerConsentsInput.profileId',
  'RenameConsentTopicInput.id',
  'RenameTillInput.id',
  'ReplayRejectedRecordInput.id',
  'SaveExchangeScheduleInput.id',
  'SaveExchangeScheduleInput.presetId',
  'SaveProgramDraftInput.programId',
  'SaveRfmModelInput.id',
  'SegmentFilter.ids',
  'SetProgramModeInput.programId',
  'SetStaffPinInput.id',
  'SetStaffRolesInput.id',
  'SetStaffStatusInput.id',
  'SetTierFloorInput.programId',
  'StaffGrantInput.brandId',
  'StaffGrantInput.storeId',
  'StaffTillInput.storeId',
  'UndoMergeInput.mergeId',
  'UpdateCustomerInput.profileId',
];

/** Everything that can be asked for by its id alone. */
const NODES =
  'Brand ConsentText LedgerEntry LoyaltyAccount Offer Order OrderReturn Product Profile Program ShopperChallenge ShopperVisit Staff Store Till';

test('18: this story knows every argument that takes an id, and everything that has one', () => {
  const inputs = Object.values(schema.getTypeMap()).flatMap((type) =>
    isInputObjectType(type)
      ? Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const)
      : [],
  );
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) =>
      field.args.map((arg) => [`${type?.name}.${field.name}.${arg.name}`, arg] as const),
    ),
  );
  const ids = [...inputs, ...roots].filter(
    ([name, { type }]) => getNamedType(type).name === 'ID' && !name.endsWith('.requestId'),
  );
  expect(ids.map(([name]) => name).toSorted()).toEqual([...ID_ARGUMENTS, ...OFFICE_ARGUMENTS].toSorted());
  const node = schema.getType('Node');
  const nodes = isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : [];
  expect(nodes.toSorted().join(' ')).toBe(NODES);
});

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';

async function seen(id: string, token: string): Promise<string | null> {
  const { codes, result } = await respond(shop, NODE, { id }, token);
  expect(codes).toEqual([]);
  return result?.__typename ?? null;
}

/** What a store alone may see by the ids of a place. */
async function visibleOf(place: Foreign, token: string): Promise<string[]> {
  const { cashier, programId, profileId } = place;
  const ids = [
    place.sale.id,
    place.begun.id,
    place.backId,
    place.visitId,
    place.challengeId,
    globalId('Till', cashier.till.id),
    globalId('Staff', cashier.id),
    globalId('Store', cashier.till.store.id),
    globalId('Program', programId),
    globalId('LoyaltyAccount', `${profileId}:${programId}`),
    place.entryId,
    place.textId,
    globalId('Profile', profileId),
  ];
  const names: string[] = [];
  for (const id of ids) {
    const name = await seen(id, token);
    if (name !== null) names.push(name);
  }
  return names;
}

test('18: by id alone a till sees of another store what the brand shares, of another brand only the person', async () => {
  const everything =
    'Order Order OrderReturn ShopperVisit ShopperChallenge Till Staff Store Program LoyaltyAccount LedgerEntry ConsentText Profile';
  expect((await visibleOf(there.second, there.second.cashier.token)).join(' ')).toBe(everything);
  const { token } = shop.cashier;
  await unchanged(shop.app, async () => {
    // The shopper of the other store is not verified here: the account and what happened to it stay hidden.
    expect(await visibleOf(there.second, token)).toEqual(['Store', 'Program', 'ConsentText', 'Profile']);
    expect(await visibleOf(there.stranger, token)).toEqual(['Profile']);
  });
});

test('18: a key of one store sees of another store what the brand shares, of another brand only the person', async () => {
  await unchanged(shop.app, async () => {
    const shared = ['Store', 'Program', 'LoyaltyAccount', 'LedgerEntry', 'ConsentText', 'Profile'];
    expect(await visibleOf(there.second, there.narrow)).toEqual(shared);
    expect(await visibleOf(there.stranger, there.narrow)).toEqual(['Profile']);
  });
});

const ORDER = 'query ($ref: OrderRef!) { order(ref: $ref) { id profile { id } cashier { id } till { id } } }';
const ORDERS = `query ($filter: OrderFilter) { orders(filter: $filter, first: 100) { edges { node { id store { id } } } } }`;
const HISTORY = `query ($ref: ProfileRef!) { profile(ref: $ref) { orders(first: 10) { edges { node { id } } } } }`;

test('18: another store’s orders are not read: not by id, number or shopper; by its paper one is, without its people', async () => {
  for (const token of [shop.cashier.token, there.narrow]) {
    const order = async (ref: object) => (await respond(shop, ORDER, { ref }, token)).result;
    for (const { sale, cashier, begun } of [there.second, there.stranger]) {
      expect(await order({ id: sale.id })).toBeNull();
      expect(await order({ id: begun.id })).toBeNull();
      const external = { source: cashier.actor.ownSource, id: sale.externalId };
      expect(await order({ external })).toBeNull();
    }
    expect(await order({ receipt: there.second.sale.receipt })).toEqual({
      id: there.second.sale.id,
      profile: null,
      cashier: null,
      till: null,
    });
    expect(await order({ receipt: there.stranger.sale.receipt })).toBeNull();
    const listed = async (filter: object) => {
      const { result, codes } = await respond(shop, ORDERS, { filter }, token);
      expect(codes).toEqual([]);
      const { edges } = result as unknown as { edges: { node: { store: { id: string } } }[] };
      return edges.map(({ node }) => node.store.id);
    };
    for (const { cashier, profileId } of [there.second, there.stranger])
      for (const filter of [
        { storeCode: cashier.till.store.code },
        { tillId: globalId('Till', cashier.till.id) },
        { cashierId: globalId('Staff', cashier.id) },
        { profile: { id: globalId('Profile', profileId) } },
      ])
        expect([filter, await listed(filter)]).toEqual([filter, []]);
    const first = globalId('Store', shop.stores[0].id);
    expect((await listed({})).filter((store) => store !== first)).toEqual([]);
    const ref = { id: globalId('Profile', there.second.profileId) };
    const { result } = await respond(shop, HISTORY, { ref }, token);
    expect(result?.['orders']).toEqual({ edges: [] });
  }
});

test('18: an id of another kind, of nobody, or that is none, is answered like one nobody has', async () => {
  const { token } = shop.cashier;
  const junk = [
    '',
    'junk',
    globalId('Order', newId()),
    globalId('Order', 'not-a-uuid'),
    globalId('Profile', shop.programId),
    globalId('ShopperVisit', "' or 1=1 --"),
    there.second.sale.id.toLowerCase(),
    `${there.second.sale.id}==`,
    'x'.repeat(10_000),
    globalId('__proto__', newId()),
    globalId('constructor', newId()),
  ];
  await unchanged(shop.app, async () => {
    for (const id of junk) {
      const { codes, result } = await respond(shop, NODE, { id }, token);
      expect([id.slice(0, 40), codes.filter((code) => code !== 'BAD_REQUEST'), result]).toEqual([
        id.slice(0, 40),
        [],
        null,
      ]);
      expect((await respond(shop, ORDER, { ref: { id } }, token)).result).toBeNull();
      const preview: Answered = await ask(shop, 'preview', { shopper: { visitId: id }, lines: [LINE] });
      expect(preview).toMatchObject({ __typename: 'VisitExpired' });
      const shopper = { profile: { id } };
      expect(problemsOf(await ask(shop, 'preview', { shopper, lines: [LINE] }))).toEqual([
        'shopper.profile UNKNOWN',
      ]);
    }
  });
});

/// Words that people make passwords and secrets of, in lower case and without digits.
///
/// Not a dictionary: a phrase of words that are not here was chosen by more than habit.
enum CommonWords {
    /// The first to be guessed.
    static let frequent: StaticString = """
        password secret admin the my this is very long secure key token jwt super care notes write access
        please change me test default user root login welcome production prod dev staging database db redis
        postgres server app api service system and for of to in on at it we you not do no use our your with
        from be are that love home house word pass code safe strong random string text master private
        public session refresh encryption encrypt sign signing auth cookie hash salt new old one two three
        name company team work client local host example qwerty abc letmein dragon monkey summer winter
        spring autumn hello world never always only here now will can share keep value data file config env
        or an as by if
        """

    /// All others.
    static let common: StaticString = """
        account action active after again agent alert all alpha also anchor android angel animal answer any
        apache apple april archive army arsenal artist aston ate august aunt azure baby back backend backup
        bad bag ball banana bank base basic basket batman battery bear beautiful beauty because bed beer
        before being bella best beta better big bill bird birthday black blood blue boat body book boot
        boss bottle bowl box boy brave bread breakfast bridge bright bristol britain british broken brother
        brown bucket bug build building bus business buster but butter button cache cake call camera camp
        candy captain car card carehome careinit carenotes carer carers cares caring case cat celtic
        central champion champions chance changed changeit changeme channel charge charlie cheese chelsea
        chicken chief child children chocolate christmas church cinema circle city class clean clear clever
        clinic clock close cloud club cluster coffee cold college color colour coming common computer
        connect connection control cook cool copper copy correct could country county couple court cover
        cow cream create credential credentials cricket crown crystal cup current customer cute daddy daily
        dance danger daniel dark dash date daughter david day days dead dear death december decrypt deep
        delta demo deploy desk detail device diamond did digital dinner director disk docker doctor dog
        dogs dollar dolphin domain donald done door down dream drive driver duck duty eagle early earth
        east easy eat edge edit egg eight elephant email emergency empty end energy engine england english
        enter enterprise etcd even ever everton every everyone everything evil exit express extra eye face
        fact fair faith fall false family famous fan fantasy farm fast father favourite february feel field
        fight final find fire first fish five flag floor flower fly follow food foot football force forest
        forever forget forgot forms fort forward found four fox france free freedom friday friend friends
        frog front full fun funny future game garden gate gateway general george get ghost giant gift
        ginger girl give glass global go goat god going gold golden gone good google gotham grafana grand
        grandma grass great green grey group guard guess guest guide guitar hair half hammer hand happy
        hard harley harry has have head health healthcare heart heat heaven hell help her hero hidden high
        hill him his history hockey hold holiday holy honey hope horse hospital hot hotdog hotel hour how
        hub human hundred hunter ice idea ilove image important info initial inside install int internal
        internet into invalid ios iron island issue item its jack january java jennifer jesus job john join
        jones jordan joshua july jump jumps june junior just justice keepass kept keys kid kill king
        kitchen kitten knew knight know knows label lady lake lakers lamp large last later launch law lazy
        lead leaf learn leeds left legend lemon less let level liberty library license life light like lily
        line link linux lion list little live liverpool load lock logs london look lord lost lots lovely
        lover low luck lucky machine mail main make man manage management manager manchester many map march
        mark market mary mat matrix matter matthew max may meadow meal mean med medical medication medicine
        member memory men merlin message metal metrics michael michelle middle midnight mike milk million
        mind mine mini minute mirror missing mobile mode model modern mom monday money monitor monitoring
        month moon more morning most mother motor mountain mouse move movie much mum mummy music must mysql
        nancy nation nature near need network news next nginx nice nicole night nine ninja nobody node none
        noone north northern nothing november number nurse nurses nursing obviously ocean october odd off
        office oil okay older oliver online open operator option oracle orange order orders other out over
        owner oxford page paint palace panther paper paradise parent park parola party passcode passphrase
        passwd passwort past patient patients patroni pay payment peace peanut penguin people pepper
        perfect person phoenix phone photo piano picture pig pink pirate pizza place plan planet plant play
        player plus point pokemon police pool poppy porsche port portal postgresql pound power premier
        president press pretty primary prince princess print process product profile program project
        prometheus protect proxy pumpkin puppy purple put pwd queen question quick quiet rabbit race radio
        rain rainbow ranger rangers read ready real really record records red reddit remember remote repeat
        replace replica replication report request reset residence resident residential residents rest
        restaurant return rich right river road robert rock roger role rose rosewood round royal rugby run
        sad saint sales sample samsung sandbox sat saturday save say school scotland sea season second
        secrets secured security see sell send senior sensitive september servers services set settings
        seven shadow shall she sheep shift ship shop shopping short should show silver simple since sister
        site six sky sleep slow small smart smile smith smoke smtp snow soccer social soft software some
        someone something son song soon south space spain special speed spider sport square staff stage
        star start starwars state station stay steel still stone stop store storm story street strength
        student stuff sugar sun sunday sunflower sunshine superman superuser supply support sure surgery
        sweet swift table take taylor tea teacher tech tell temp temporary temppass ten tennis than thank
        thanks them then there these they thing think thirty thomas thousand thunder thursday ticket tiger
        time tinkerbell tiny toast today together tom tomorrow tools top total tottenham touch tower town
        toyota track trade traffic train travel tree true trust trustno try tuesday turn turtle twelve
        twenty type uk ultra uncle under unicorn union united universe unknown up update url us username
        users valid vault victoria video villa village violet visit visitor voice wait wales walk wall want
        war ward warrior was watch water way wealth weather web webhook wednesday week weekend well went
        west what wheel when where which while white who whole why wife wild william wilson win wind window
        windows wine wing wizard wolf woman wonder wood words worker worse worst would writecarenotes
        writer wrong xbox yankees year years yellow yes yesterday yet young yourself zebra zero zone
        """
}
